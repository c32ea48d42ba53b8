/** Which devices may dial in: the fields of `AcceptFilter`. */
export interface AcceptRules {
  readonly allowAll: boolean;
  readonly deviceIDs: readonly number[];
  readonly IPAddrs: readonly string[];
  readonly subnetMasks: readonly string[];
}

/** The rules of a gateway process, which begins with none: nobody may dial in (gateway-behaviour F37). */
export class AcceptFilter {
  #rules: AcceptRules = { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] };
  #deviceIDs: ReadonlySet<number> = new Set();

  get rules(): AcceptRules {
    return this.#rules;
  }

  /** Replaces the rules as a whole (F38). */
  set rules(rules: AcceptRules) {
    this.#rules = rules;
    this.#deviceIDs = new Set(rules.deviceIDs);
  }

  /** Whether a device may dial in. Addresses and masks are kept and decide nothing (F39, F40). */
  accepts(deviceID: number): boolean {
    return this.#rules.allowAll || this.#deviceIDs.has(deviceID);
  }
}
