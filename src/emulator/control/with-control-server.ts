import type { Emulator } from '../runtime/emulator.ts';
import { serveControl } from './control-server.ts';
import { controlService } from './control-service.ts';
import type { ControlTargets } from './targets.ts';

/** The same emulator with a control service, which ends with it. @throws Node's error of `listen`; then all is closed */
export async function withControlServer(targets: ControlTargets): Promise<Emulator> {
  const { emulator } = targets;
  try {
    const { close, ...control } = await serveControl(controlService(targets), targets.onBug);
    const closeAll = async () => {
      await Promise.all([close(), emulator.close()]);
    };
    return { ...emulator, control, close: closeAll };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}
