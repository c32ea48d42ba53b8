/** What `gsdk watch` is told; durations in milliseconds, infinite for none. */
export interface WatchOptions {
  device?: string | undefined;
  status?: string | undefined;
  duration?: number | undefined;
  count?: number | undefined;
  untilState?: string | undefined;
  snapshot: boolean;
  resyncInterval?: number | undefined;
  heartbeatInterval?: number | undefined;
  heartbeatFile?: string | undefined;
  maxGap?: number | undefined;
  queueSize?: number | undefined;
  downFor?: number | undefined;
  expect?: string | undefined;
  state?: string | undefined;
  summary?: true | undefined;
  execOn?: string | undefined;
  execParallel?: number | undefined;
  execTimeout?: number | undefined;
}
