/** A pipeline that people live on. Each runs as it stands, where its files are there; a test runs them all. */
export interface Recipe {
  recipe: string;
  command: string;
}

/** What `gsdk help recipes` prints. */
export const recipes: readonly Recipe[] = [
  {
    recipe: 'have the gateway connect to every device that a search finds, now and whenever it is lost',
    command: 'gsdk search --repeat 2 --json | gsdk async add -f -',
  },
  {
    recipe: 'the same, but only for devices that belong to the site',
    command: 'gsdk search --json | gsdk async add -f - --only @site.csv',
  },
  { recipe: 'register the doors of a spreadsheet', command: 'gsdk async add -f site.csv' },
  { recipe: 'keep a copy of what is registered; async add -f takes it', command: 'gsdk async ls -o csv > doors.csv' },
  { recipe: 'find devices that have the same address', command: 'gsdk search --duplicates' },
  { recipe: 'find devices that nobody has registered', command: 'gsdk search --unmanaged -o ids' },
  {
    recipe: 'accept those who wait at the gateway and are on a list',
    command: 'gsdk pending accept --only @allowed.txt',
  },
  { recipe: 'accept devices before they dial in', command: 'gsdk filter add @allowed.txt' },
  {
    recipe: 'keep the accept filter before a change, and put it back after',
    command: 'gsdk filter show --json > filter.json && gsdk filter set -f filter.json',
  },
  {
    recipe: 'cry out when a device is down, and be silent otherwise',
    command: 'if gsdk device ls --down --fail-if-empty -o ids > down.txt; then cat down.txt; fi',
  },
  {
    recipe: 'bring back what a gateway has forgotten; what is there is not touched',
    command: 'gsdk apply -f site.csv --wait > /dev/null',
  },
  {
    recipe: 'say what differs from the site file, and be silent otherwise; more of this kind: docs/sites.md',
    command: 'gsdk check -f site.csv --ignore not-in-file,filter-open',
  },
  {
    recipe: 'take a door out for an hour, so that nothing brings it back before; from cron, put back what is due',
    command: 'gsdk disconnect 846 --hold 1h --holds holds.json\ngsdk release --due --holds holds.json --wait',
  },
  {
    recipe: 'model and firmware of everything that is connected, for a spreadsheet',
    command: 'gsdk device info --connected -o csv --fields deviceID,modelName,firmwareVersion,MACAddr > firmware.csv',
  },
  {
    recipe:
      'see what turning SSL on everywhere would do; without --dry-run one device is done first, then ten at a time',
    command: 'gsdk device ls --connected -o ids | gsdk ssl enable - --reconnect --dry-run',
  },
  {
    recipe: 'devices that a search shows with SSL, by jq',
    command: "gsdk search --json | jq -r '.[] | select(.useSSL) | .deviceID'",
  },
  {
    recipe: 'disconnect everything, saying what comes back by itself',
    command: 'gsdk disconnect --all --fields deviceID,outcome,comesBack,stoppedBy',
  },
];

/** Recipes as people read and copy them: a comment, and the command below it. */
export const recipesText = recipes.map(({ recipe, command }) => `# ${recipe}\n${command}\n`).join('\n');
