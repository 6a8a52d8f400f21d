// The panels of who operates the router: sources, rates and latency, subscribers.

import {clock, count, counted, delay, rate} from './text.js';
import {behind, MOST} from './calls.js';
import {say, show, Table} from './table.js';

const ONLY_OPERATORS = 'Only tokens of applications with operate: true see this.';
const OLD_MS = 6000;

const bytes = number => (number < 1e6 ? `${count(number / 1e3)} kB` : `${count(number / 1e6)} MB`);
const key = (tenant, name) => `${tenant}/${name}`;

const sourceColumns = [
  {text: one => one.name,
    sub: one => (one.isOtherTenant ? `tenant ${one.tenant}` : one.coveredBy ? `covered by ${one.coveredBy.slice(1)}` : '')},
  {text: one => one.text, tone: one => one.tone, sub: one => one.failure ?? ''},
  {style: 'wide', text: one => one.traffic},
  {style: 'number', text: one => (one.since === null ? '–' : clock(one.since))},
];

const streamColumns = [
  {text: one => one.application, sub: one => `tenant ${one.tenant}, stream ${one.stream}`},
  {style: 'number', text: one => count(one.sent)},
  {style: 'number', text: one => (one.lag === 0 ? 'none' : counted(one.lag, 'record')),
    sub: one => (one.lagging ? 'from the journal' : '')},
];

/** A source as the router has it, and as the connection to it is. */
function source(known, connection, isOtherTenant) {
  const isLive = connection === undefined || connection.state === 'live';
  const text = known === undefined ? connection.state : !isLive && known.state === 'up' ? connection.state
    : known.state === 'up' && known.stale ? 'up, out of date' : known.state;
  const tone = text === 'up' || text === 'live' ? 'up' : text === 'up, out of date' || text === 'listing' ? 'stale' : 'down';
  return {
    name: known === undefined ? connection.source : known.name.slice(1), tenant: (known ?? connection).tenant, isOtherTenant,
    coveredBy: known?.coveredBy ?? null, text, tone, failure: connection?.failure ?? connection?.commandFailure ?? null,
    since: connection ? Date.parse(connection.since) : known.since,
    traffic: connection ? `${connection.state}, ${counted(connection.connections, 'connection')}, ${bytes(connection.bytesIn)}`
      + (connection.discarded > 0 ? `, ${count(connection.discarded)} discarded` : '') : '',
  };
}

export class Operate {
  #sources = new Table('sources', sourceColumns, 'No source was heard of yet.');
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
    const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#sources.show(all.slice(0, MOST));
    say('sources-more', behind(Math.min(MOST, all.length), all.length, 'source'));
    const up = all.filter(([, one]) => one.tone !== 'down').length;
    const stale = all.filter(([, one]) => one.tone === 'stale').length;
    say('tile-sources', all.length === 0 ? '0' : `${up} of ${all.length}`);
    say('tile-stale', stale > 0 ? `${stale} out of date` : '');
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
