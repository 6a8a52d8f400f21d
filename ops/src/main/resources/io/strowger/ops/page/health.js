// What who operates the router sees: asked for every two seconds, as long as the token may.

const POLL_MS = 2000;

export class Health {
  #token;
  #onChange;
  #timer = null;
  #isStopped = false;

  constructor(token, onChange) {
    this.#token = token;
    this.#onChange = onChange;
    /** The last answer; null: none yet, or none may be had. */
    this.said = null;
    /** When that came, in milliseconds since 1970. */
    this.saidAt = null;
    /** Whether this token may not see it. */
    this.isForbidden = false;
    /** Why there is no newer answer; null when all is well. */
    this.failure = null;
    this.#poll();
  }

  stop() {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #poll() {
    try {
      const answer = await fetch('/operator/health', {
        headers: {Authorization: `Bearer ${this.#token}`}, signal: AbortSignal.timeout(5 * POLL_MS),
      });
      if (answer.status === 403 || answer.status === 401) {
        this.isForbidden = answer.status === 403;
        this.#isStopped = true;
      } else if (answer.ok) {
        this.said = await answer.json();
        this.saidAt = Date.now();
        this.failure = null;
      } else {
        this.failure = `refused (${answer.status})`;
      }
    } catch {
      this.failure = 'no answer';
    }
    this.#onChange();
    if (!this.#isStopped) {
      this.#timer = setTimeout(() => this.#poll(), POLL_MS);
    }
  }
}
