// What is shown of one stream: a status that is coming in is shown when it is whole, and not before.

import {Fold} from './fold.js';

export class Picture {
  #next = null;
  #onChange;
  #onEvent;

  /**
   * @param onChange is called whenever it shows something else.
   * @param onEvent  takes each event when it is folded.
   */
  constructor(onChange, onEvent = () => {}) {
    this.#onChange = onChange;
    this.#onEvent = onEvent;
    this.fold = new Fold();
    /** When a whole status was read last, in milliseconds since 1970; null: never. */
    this.wholeAt = null;
    /** Token of the last position that it knows of. */
    this.position = null;
    /** The fold that the next status follows without a gap: since when one waits is known from it; null: there was a gap. */
    this.follows = null;
    /** Why it shows nothing, or nothing new; null when it does. */
    this.refusal = null;
    /** By how much the sources' clocks are at least ahead of this one, in milliseconds. */
    this.ahead = 0;
  }

  /** What the sources' clocks show when this one shows a time. */
  at(time) {
    return time + this.ahead;
  }

  subscribed(goesOn) {
    this.refusal = null;
    if (!goesOn) {
      this.#next = null;
    }
    this.#onChange();
  }

  begin() {
    this.#next = new Fold();
  }

  item(item) {
    this.#next.item(item, this.at(Date.now()), this.follows);
  }

  end(position) {
    this.fold = this.#next;
    this.#next = null;
    this.follows = null;
    this.wholeAt = Date.now();
    this.position = position;
    this.#onChange();
  }

  event(event) {
    this.position = event.id;
    this.ahead = Math.max(this.ahead, Date.parse(event.time) - Date.now());
    this.fold.event(event);
    this.#onEvent(event);
    this.#onChange();
  }

  refused(reason) {
    this.follows = null;
    this.refusal = reason;
    this.#onChange();
  }

  late(reason) {
    // until it is asked for again, events pass unseen
    this.follows = null;
    this.refusal = reason;
    this.#onChange();
  }
}
