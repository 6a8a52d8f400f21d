// What an application knows that reads a status and the events behind it: the same that the router holds, as far as its token shows it.

const ENDS = new Set(['call.cleared', 'chat.cleared', 'fax.completed', 'fax.failed', 'screen-sharing.ended']);
const ITEMS = /^(message|sms|history)\./;

const member = (group, user) => group + '\u0000' + user;

/** One session as it is shown: the texts of an event or of a thing of a status, and since when. Times are milliseconds since 1970. */
function session(said, source, created, established, waits, queued) {
  return {
    id: said.sessionId, source, tenant: said.tenant, media: said.media, nativeId: said.nativeId, callId: said.callId,
    user: said.localUser, remote: said.remoteParty, name: said.remoteName, direction: said.direction, state: said.state,
    group: waits ? said.group : null, created, established, queued,
  };
}

export class Fold {
  constructor() {
    /** Each by its id: also those of a source that has restarted, whose end is still to come; their state is "null". */
    this.sessions = new Map();
    /** The presence of each user that is known: in, out or null. */
    this.users = new Map();
    /** Names of all queues that were heard of. */
    this.groups = new Set();
    /** Who works for a queue: {group, user, state: ready or not-ready}. */
    this.members = new Map();
    /** Each by its name: {name, state: up or down, stale, coveredBy, since}. */
    this.sources = new Map();
    /** How many events it has folded. */
    this.events = 0;
  }

  /**
   * Takes one thing of a status.
   *
   * @param now    when it is read, in milliseconds since 1970.
   * @param before a fold of the same stream up to this status, that knows since when; null when there is none.
   */
  item(item, now, before) {
    switch (item.kind) {
      case 'session': {
        const waits = item.media === 'call' ? item.group !== null : item.state === 'queued';
        const known = before?.sessions.get(item.sessionId);
        const queued = known?.group === item.group ? known.queued : {at: now, earlier: true};
        this.sessions.set(item.sessionId, session(item, item.source, Date.parse(item.created),
          item.established === null ? null : Date.parse(item.established), waits, waits ? queued : null));
        break;
      }
      case 'user':
        this.users.set(item.localUser, item.presence);
        break;
      case 'group':
        this.groups.add(item.group);
        break;
      case 'member':
        this.groups.add(item.group);
        this.members.set(member(item.group, item.localUser), {group: item.group, user: item.localUser, state: item.state});
        break;
      case 'source':
        this.sources.set(item.source, {name: item.source, tenant: item.tenant, state: item.state, stale: item.stale,
          coveredBy: item.coveredBy, since: before?.sources.get(item.source)?.since ?? null});
        break;
      default:
    }
  }

  /** Takes one event. */
  event(event) {
    const {type, data} = event;
    this.events++;
    if (data.kind === 'session') {
      if (ENDS.has(type)) {
        this.sessions.delete(data.sessionId);
      } else if (!ITEMS.test(type)) {
        this.#session(event);
      }
    } else if (type === 'user.logged-in' || type === 'user.logged-out') {
      this.users.set(data.localUser, type === 'user.logged-in' ? 'in' : 'out');
    } else if (data.kind === 'group') {
      this.#member(type, data);
    } else if (data.kind === 'source') {
      this.#source(event);
    }
  }

  #session(event) {
    const {type, data} = event;
    const time = Date.parse(event.time);
    const before = this.sessions.get(data.sessionId);
    const isUp = type === 'call.established' || type === 'chat.established';
    const isCall = data.media === 'call';
    // what leaves a queue says once more which one
    const waits = isCall ? data.group !== null && type !== 'call.dequeued' : data.state === 'queued';
    const queued = !waits ? null : before && before.queued && before.group === data.group ? before.queued : {at: time, earlier: false};
    if (waits) {
      this.groups.add(data.group);
    }
    this.sessions.set(data.sessionId, session(data, event.source, before ? before.created : time,
      before && before.established !== null ? before.established : isUp ? time : null, waits, queued));
    if (data.localUser !== null && !this.users.has(data.localUser)) {
      this.users.set(data.localUser, null);
    }
  }

  #member(type, {group, localUser}) {
    this.groups.add(group);
    if (type === 'group.logged-out') {
      this.members.delete(member(group, localUser));
    } else {
      this.members.set(member(group, localUser), {group, user: localUser, state: type === 'group.not-ready' ? 'not-ready' : 'ready'});
    }
  }

  #source({type, source, time, data}) {
    const known = this.sources.get(source) ?? {name: source, tenant: data.tenant, state: 'up', stale: false, coveredBy: null, since: null};
    const since = Date.parse(time);
    switch (type) {
      case 'source.up':
        this.sources.set(source, {...known, state: 'up', since});
        break;
      case 'source.down':
        this.sources.set(source, {...known, state: 'down', stale: true, since});
        break;
      case 'source.gap':
        this.sources.set(source, {...known, stale: true});
        break;
      case 'source.resynchronised':
        this.sources.set(source, {...known, stale: false});
        break;
      case 'source.restarted':
        // none of its sessions is any more; the end of each is still told
        for (const [id, one] of this.sessions) {
          if (one.source === source) {
            this.sessions.set(id, {...one, state: 'null'});
          }
        }
        break;
      default:
    }
  }

  /** Whether behind this event the router may hold what no event has told: who works for a queue, and whether a source is up to date. */
  static isNewsOfAll(type) {
    return type === 'source.up' || type === 'source.resynchronised';
  }
}
