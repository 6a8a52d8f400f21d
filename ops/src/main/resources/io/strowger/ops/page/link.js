// One WebSocket that comes back by itself: each stream goes on behind its last event, or begins with a status.

const CREDIT = 1000;
const GIVE = 500;
const PING_MS = 5000;
const STALE_MS = 8000;
const DEAD_MS = 20000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10000;

/** The detail of a problem, or what stands for it. */
export const reasonOf = problem => problem.detail ?? problem.title ?? 'refused';

export class Link {
  #token;
  #listener;
  #wants = new Map();
  #byId = new Map();
  #socket = null;
  #count = 0;
  #waitMs = FIRST_WAIT_MS;
  #heard = 0;
  #pinged = 0;
  #state = 'none';
  /** Since when it is not live, in milliseconds since 1970; null while it is. */
  #gone = null;
  #timers = new Set();
  #isAdmitted = false;
  #isStopped = false;

  /**
   * @param token    of an application.
   * @param listener state(name, since, reason): connecting, live, stale, waiting; refused(reason): the token is worth nothing.
   */
  constructor(token, listener) {
    this.#token = token;
    this.#listener = listener;
    this.watch = setInterval(() => this.#look(), 1000);
    this.#connect();
  }

  /** Reads a stream, from now on and behind every loss of the connection: {subscribed, begin, item, end, event, refused, late}. */
  open(name, request, reader) {
    this.close(name);
    const want = {name, request, reader, id: null, after: null, taken: 0};
    this.#wants.set(name, want);
    this.#subscribe(want);
  }

  /** Reads it from a status again. */
  anew(name) {
    const want = this.#wants.get(name);
    if (want) {
      this.#forget(want);
      want.after = null;
      this.#subscribe(want);
    }
  }

  close(name) {
    const want = this.#wants.get(name);
    if (want) {
      this.#forget(want);
      this.#wants.delete(name);
    }
  }

  stop() {
    this.#isStopped = true;
    clearInterval(this.watch);
    this.#timers.forEach(clearTimeout);
    this.#wants.clear();
    this.#drop();
  }

  async #connect() {
    this.#gone ??= Date.now();
    this.#say('connecting', this.#gone);
    let ticket;
    try {
      const answer = await fetch('/tickets', {
        method: 'POST', headers: {Authorization: `Bearer ${this.#token}`}, signal: AbortSignal.timeout(DEAD_MS),
      });
      if (this.#isStopped) {
        return;
      }
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        if (answer.status === 401 || (answer.status === 429 && !this.#isAdmitted)) {
          this.stop();
          this.#listener.refused(answer.status === 401 ? 'This token is not known here, or not any more.' : reasonOf(problem));
          return;
        }
        throw new Error(reasonOf(problem));
      }
      ({ticket} = await answer.json());
    } catch (fault) {
      this.#lost(fault instanceof TypeError ? 'no answer' : fault.message);
      return;
    }
    if (!this.#isStopped) {
      this.#isAdmitted = true;
      this.#open(ticket);
    }
  }

  #open(ticket) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/stream?ticket=${encodeURIComponent(ticket)}`, 'strowger.v1+json');
    this.#socket = socket;
    this.#heard = Date.now();
    socket.onopen = () => {
      this.#hear();
      this.#wants.forEach(want => this.#subscribe(want));
    };
    socket.onmessage = message => {
      this.#hear();
      this.#take(JSON.parse(message.data));
    };
    socket.onclose = () => this.#lost('the connection has ended');
  }

  #subscribe(want) {
    if (this.#socket === null || this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    want.id = `${want.name}.${++this.#count}`;
    want.taken = 0;
    this.#byId.set(want.id, want);
    this.#send({op: 'subscribe', id: want.id, credit: CREDIT, ...want.request,
      ...(want.after === null ? {start: 'status'} : {after: want.after})});
  }

  #forget(want) {
    if (want.id !== null && this.#byId.delete(want.id)) {
      this.#send({op: 'unsubscribe', id: want.id});
    }
    want.id = null;
  }

  #take(message) {
    const want = this.#byId.get(message.id);
    if (!want) {
      if (message.op === 'error' && message.problem.status === 429) {
        // one of the last messages was not taken, and it is not said which: each stream goes on over another connection
        this.#lost(reasonOf(message.problem));
      }
      return;
    }
    switch (message.op) {
      case 'subscribed':
        want.reader.subscribed(want.after !== null);
        break;
      case 'snapshot-begin':
        want.reader.begin();
        break;
      case 'status':
        want.reader.item(message.item);
        this.#giveBack(want);
        break;
      case 'snapshot-end':
        want.after = message.position;
        this.#waitMs = FIRST_WAIT_MS;
        want.reader.end(message.position);
        break;
      case 'event':
        want.after = message.event.id;
        this.#waitMs = FIRST_WAIT_MS;
        want.reader.event(message.event);
        this.#giveBack(want);
        break;
      case 'ended':
        if (message.problem.status === 503) {
          // the server stops, or has no status now: it is left, and asked again in a while
          this.#lost(reasonOf(message.problem));
          break;
        }
        this.#ended(want, message.problem);
        break;
      case 'error':
        this.#ended(want, message.problem);
        break;
      default:
    }
  }

  #giveBack(want) {
    if (++want.taken >= GIVE && want.id !== null) {
      this.#send({op: 'credit', id: want.id, n: want.taken});
      want.taken = 0;
    }
  }

  #ended(want, problem) {
    this.#byId.delete(want.id);
    want.id = null;
    if (want.after !== null && (problem.status === 410 || problem.status === 400)) {
      // what it would go on behind is kept no longer, or another journal's
      want.after = null;
      this.#subscribe(want);
    } else if (problem.status === 403 || problem.status === 400) {
      want.reader.refused(reasonOf(problem));
    } else {
      want.reader.late(reasonOf(problem));
      this.#later(() => this.#wants.get(want.name) === want && want.id === null && this.#subscribe(want), 2000);
    }
  }

  #hear() {
    this.#heard = Date.now();
    if (this.#state !== 'live') {
      this.#gone = null;
      this.#say('live', Date.now());
    }
  }

  /** Once a second: who says nothing may be gone. */
  #look() {
    if (this.#socket === null) {
      return;
    }
    const now = Date.now();
    if (now - this.#heard > DEAD_MS) {
      this.#lost('nothing was heard');
      return;
    }
    if (now - this.#heard > STALE_MS && this.#state === 'live') {
      this.#say('stale', this.#heard, 'nothing is heard');
    }
    if (now - this.#pinged >= PING_MS && this.#socket.readyState === WebSocket.OPEN) {
      this.#pinged = now;
      this.#send({op: 'ping'});
    }
  }

  #lost(reason) {
    this.#gone ??= this.#state === 'live' || this.#state === 'stale' ? this.#heard : Date.now();
    this.#drop();
    if (this.#isStopped) {
      return;
    }
    this.#say('waiting', this.#gone, reason);
    this.#later(() => this.#connect(), this.#waitMs * (0.75 + Math.random() / 2));
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#byId.clear();
    this.#wants.forEach(want => {
      want.id = null;
    });
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #later(act, ms) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#isStopped) {
        act();
      }
    }, ms);
    this.#timers.add(timer);
  }

  #say(state, since, reason) {
    this.#state = state;
    this.#listener.state(state, since, reason);
  }

  #send(message) {
    if (this.#socket !== null && this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }
}
