/** Where an embedded gateway is handled from outside its process, and with what right. */
export interface Control {
  /** `http://127.0.0.1:PORT`: calls go to the paths below it, as the Connect protocol has them. */
  readonly url: string;
  /** To be sent as `Authorization: Bearer TOKEN`. */
  readonly token: string;
}
