// The gateway of bench/site.js: forgets everything when it is told to restart.
const { readFileSync } = require('node:fs');
const { scaledClock, startEmulator, toFleet } = require('../dist/emulator.cjs');

const [site, factor] = process.argv.slice(2);
const records = JSON.parse(readFileSync(site, 'utf8')).map((fields, index) => ({ fields, where: `door ${index}` }));

startEmulator({ fleet: toFleet(records), clock: scaledClock(Number(factor)) }).then((emulator) => {
  process.on('message', () => {
    emulator.restartGateway(false);
    process.send('restarted');
  });
  process.send({ address: emulator.address, ca: emulator.caCertificate });
});
