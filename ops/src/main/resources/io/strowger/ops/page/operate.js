// The panels of who operates the router: sources, rates and latency, subscribers.

import {clock, count, counted, delay, rate} from './text.js';
import {behind, MOST} from './calls.js';
import {say, show, Table} from './table.js';

const ONLY_OPERATORS = 'Only tokens of applications with operate: true see this.';
const OLD_MS = 6000;

const bytes = number => (number < 1e6 ? `${count(number / 1e3)} kB` : `${count(number / 1e6)} MB`);
const key = (tenant, name) => `${tenant}/${name}`;

/** What can be counted of a source, where it is counted of its kind, and how that is said. */
const counts = [
  ['connections', number => counted(number, 'connection')], ['bytesIn', bytes],
  ['signals', number => counted(number, 'signal')], ['requests', number => counted(number, 'request')],
];
/** What is said only where there is some. */
const losses = [['discarded', 'discarded'], ['rejects', 'refused'], ['refused', 'refused'], ['lost', 'lost']];

const sourceColumns = unfold => [
  {text: one => one.name, unfold,
    sub: one => (one.isOtherTenant ? `tenant ${one.tenant}` : one.coveredBy ? `covered by ${one.coveredBy.slice(1)}` : '')},
  {text: one => one.text, tone: one => one.tone, sub: one => one.failure ?? ''},
  {style: 'wide', text: one => one.traffic},
  {style: 'number', text: one => (one.since === null ? '–' : clock(one.since)), sub: one => (one.isHeard ? 'heard last' : '')},
];

const streamColumns = [
  {text: one => one.application, sub: one => `tenant ${one.tenant}, stream ${one.stream}`},
  {style: 'number', text: one => count(one.sent)},
  {style: 'number', text: one => (one.lag === 0 ? 'none' : counted(one.lag, 'record')),
    sub: one => (one.lagging ? 'from the journal' : '')},
];

/** What came of a connection, of whatever kind. */
function traffic(connection) {
  const texts = [connection.state.replace('-', ' ')];
  for (const [name, text] of counts) {
    if (Number.isFinite(connection[name])) {
      texts.push(text(connection[name]));
    }
  }
  for (const [name, text] of losses) {
    if (connection[name] > 0) {
      texts.push(`${count(connection[name])} ${text}`);
    }
  }
  return texts.join(', ');
}

/** When something was so, in milliseconds; null: not known. */
const instant = text => (text ? Date.parse(text) : null);

/** A source as the router has it, and as the connection to it is. */
function source(known, connection, isOtherTenant) {
  const isLive = connection === undefined || connection.state === 'live';
  const text = (known === undefined ? connection.state : !isLive && known.state === 'up' ? connection.state
    : known.state === 'up' && known.stale ? 'up, out of date' : known.state).replace('-', ' ');
  const tone = text === 'up' || text === 'live' ? 'up' : text === 'up, out of date' || text === 'listing' ? 'stale'
    : text === 'not heard' ? 'calm' : 'down';
  const since = connection ? instant(connection.since) : known.since;
  const heard = instant(connection?.heard);
  return {
    name: known === undefined ? connection.source : known.name.slice(1), tenant: (known ?? connection).tenant, isOtherTenant,
    coveredBy: known?.coveredBy ?? null, text, tone, failure: connection?.failure ?? connection?.commandFailure ?? null,
    since: since ?? heard, isHeard: since === null && heard !== null, traffic: connection ? traffic(connection) : '',
  };
}

/** Many phones as one source: as one of them is that is up, if any is. */
function fleet(name, phones, connection) {
  const up = phones.filter(([, one]) => isUp(one)).length;
  const first = phones[0]?.[1];
  const all = Math.max(phones.length, connection?.phones ?? 0);
  const known = connection ? source(undefined, connection, first?.isOtherTenant ?? false) : null;
  const since = Math.max(...phones.map(([, one]) => one.since ?? 0), 0);
  return {
    ...(known ?? {...first, failure: null, traffic: '', since: since === 0 ? null : since}), name,
    text: `${count(up)} of ${counted(all, 'phone')}`,
    tone: up === 0 ? (known?.tone === 'calm' ? 'calm' : 'down') : phones.some(([, one]) => one.tone === 'stale') ? 'stale' : 'up',
  };
}

const isUp = one => one.tone === 'up' || one.tone === 'stale';

/** The fleet that a source is a phone of; null: it is none. */
const fleetOf = name => (name.includes('/') ? name.slice(0, name.indexOf('/')) : null);

export class Operate {
  #open = new Set();
  #last = [];
  #sources = new Table('sources', sourceColumns(one => (one.fleet ? {isOpen: this.#open.has(one.fleet), press: () => this.#press(one.fleet)}
    : null)), 'No source was heard of yet.');
  #streams = new Table('streams', streamColumns, 'Nobody reads a stream.');

  /** Shows what the fold knows of sources, and the last health if there is one. */
  show(fold, health) {
    this.#showSources(fold, health.said);
    this.#showRates(health);
    this.#showStreams(health);
  }

  #showSources(fold, said) {
    const rows = new Map();
    let tenant = null;
    for (const known of fold.sources.values()) {
      tenant = known.tenant;
      rows.set(key(known.tenant, known.name.slice(1)), source(known, undefined, false));
    }
    for (const connection of said?.sources ?? []) {
      const name = key(connection.tenant, connection.source);
      const known = connection.tenant === tenant ? fold.sources.get(`/${connection.source}`) : undefined;
      rows.set(name, source(known, connection, tenant !== null && connection.tenant !== tenant));
    }
    this.#showRows(rows, said?.sources ?? []);
  }

  #press(fleetKey) {
    if (!this.#open.delete(fleetKey)) {
      this.#open.add(fleetKey);
    }
    this.#unfold();
  }

  /** The phones of a fleet stand as one. */
  #showRows(rows, connections) {
    const fleets = new Map();
    for (const [id, one] of rows) {
      const name = fleetOf(one.name);
      if (name !== null) {
        const of = key(one.tenant, name);
        fleets.set(of, [...(fleets.get(of) ?? []), [id, one]]);
        rows.delete(id);
      }
    }
    for (const [id, phones] of fleets) {
      const connection = connections.find(one => key(one.tenant, one.source) === id);
      phones.sort(([a], [b]) => (a < b ? -1 : 1));
      rows.set(id, {...fleet(fleetOf(phones[0][1].name), phones, connection), fleet: id, phones});
    }
    const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#last = all;
    this.#unfold();
    const up = all.filter(([, one]) => isUp(one)).length;
    const stale = all.filter(([, one]) => one.tone === 'stale').length;
    say('tile-sources', all.length === 0 ? '0' : `${up} of ${all.length}`);
    say('tile-stale', stale > 0 ? `${stale} out of date` : '');
  }

  #unfold() {
    const shown = this.#last.flatMap(([id, one]) => (!one.fleet ? [[id, one]]
      : [[`${id}#`, one], ...(this.#open.has(id) ? one.phones : [])]));
    this.#sources.show(shown.slice(0, MOST));
    say('sources-more', behind(Math.min(MOST, shown.length), shown.length, 'source'));
  }

  /** Says why there is nothing, or that it is old; returns whether there is something. */
  #tellHow(id, health) {
    const isOld = health.said !== null && Date.now() - health.saidAt > OLD_MS;
    const text = health.isForbidden ? ONLY_OPERATORS : isOld ? `No news since ${clock(health.saidAt)}: ${health.failure ?? 'no answer'}.`
      : health.said === null && health.failure !== null ? `Not known: ${health.failure}.` : '';
    say(id, text);
    show(id, text !== '');
    return health.said !== null;
  }

  #showRates(health) {
    const isThere = this.#tellHow('rates-says', health);
    show('rates', isThere);
    show('rates-hint', isThere);
    if (!isThere) {
      say('tile-rate', '–');
      say('tile-p50', '–');
      say('tile-interval', health.isForbidden ? 'for operators' : '');
      say('tile-delays', health.isForbidden ? 'for operators' : '');
      return;
    }
    const {eventsPerSecond, sequence, delay: took} = health.said;
    const isQuiet = took.events === 0;
    const shown = us => (isQuiet ? '–' : delay(us));
    say('tile-rate', rate(eventsPerSecond));
    say('rate-events', rate(eventsPerSecond));
    say('tile-interval', `over ${counted(took.seconds, 'second')}`);
    say('rate-records', count(sequence));
    say('tile-p50', shown(took.p50Us));
    say('tile-delays', isQuiet ? 'no event came' : `99 of 100: ${delay(took.p99Us)}`);
    say('delay-p50', shown(took.p50Us));
    say('delay-p99', shown(took.p99Us));
    say('delay-max', shown(took.maxUs));
  }

  #showStreams(health) {
    const isThere = this.#tellHow('streams-says', health);
    show('streams-found', isThere);
    const all = health.said?.subscribers ?? [];
    this.#streams.show(all.slice(0, MOST).map(one => [String(one.stream), one]));
    say('streams-more', isThere ? behind(Math.min(MOST, all.length), health.said.subscriberCount, 'stream') : '');
  }
}
