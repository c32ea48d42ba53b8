// The gateway of bench/watch.js: told a number, it makes so many changes and says when it has.
const { startEmulator, realClock } = require('../dist/emulator.cjs');

const fleet = Array.from({ length: 100 }, (_, index) => ({
  deviceID: 1 + index,
  type: 18,
  IPAddr: `10.0.0.${1 + index}`,
}));
const batch = 500;

startEmulator({ fleet, clock: realClock(), journalSize: 1000 }).then((emulator) => {
  process.on('message', async (changes) => {
    for (let made = 0; made < changes; made += batch) {
      emulator.faults.burst({ changes: batch });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    process.send('done');
  });
  process.send({ address: emulator.address, ca: emulator.caCertificate });
});
