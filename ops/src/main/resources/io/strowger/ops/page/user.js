// One user: first what is so now, then everything that happens to him.

import {behind, MOST, party, survey, userColumns} from './calls.js';
import {Picture} from './picture.js';
import {say, show, Table} from './table.js';
import {clock, counted, lasting} from './text.js';

const STREAM = 'user';
const MOST_EVENTS = 50;

const eventColumns = [
  {text: ({event}) => clock(Date.parse(event.time))},
  {text: ({event}) => event.type},
  {text: ({event: {data}}) => (data.kind === 'session' ? party(data.remoteParty, data.remoteName, data.group) : data.group ?? '')},
  {style: 'wide', text: ({event: {data}}) => [data.group && data.kind === 'session' ? `queue ${data.group}` : null, data.cause, data.reason,
    data.durationMs > 0 ? `${lasting(data.durationMs)} connected` : null, data.to ? `to ${data.to}` : null,
    data.from ? `from ${data.from}` : null].filter(Boolean).join(', ')},
];

export class User {
  #link;
  #onChange;
  #name = null;
  #picture = null;
  #events = [];
  #count = 0;
  #sessions = new Table('user-sessions', userColumns, 'No call now.');
  #happened = new Table('user-events', eventColumns, 'Nothing has happened yet.');

  constructor(link, onChange) {
    this.#link = link;
    this.#onChange = onChange;
  }

  /** Looks one up; null: nobody any more. */
  open(name) {
    this.#name = name;
    this.#events = [];
    this.#count = 0;
    if (name === null) {
      this.#picture = null;
      this.#link.close(STREAM);
    } else {
      const picture = new Picture(this.#onChange, event => this.#note(event));
      this.#picture = picture;
      this.#link.open(STREAM, {users: [name]}, picture);
    }
    this.#onChange();
  }

  #note(event) {
    this.#count++;
    this.#events.unshift([`${event.id} ${event.data.sequence}`, {event}, false]);
    this.#events.length = Math.min(MOST_EVENTS, this.#events.length);
  }

  /** Shows it as it was or is at a time, in milliseconds since 1970. */
  show(since) {
    const picture = this.#picture;
    show('user-close', picture !== null);
    show('user-says', picture !== null);
    show('user-found', picture !== null && picture.wholeAt !== null);
    if (picture === null) {
      return;
    }
    if (picture.wholeAt === null) {
      say('user-says', picture.refusal === null ? `Asking for ${this.#name} …` : `${this.#name}: ${picture.refusal}.`);
      return;
    }
    const {rows, legs} = survey(picture.fold, picture.at(since));
    say('user-says', this.#says(picture.fold, legs));
    this.#sessions.show(rows.slice(0, MOST).map(([id, one]) => [id, one, false]));
    this.#happened.show(this.#events);
    say('user-more', behind(this.#events.length, this.#count, 'event'));
  }

  #says(fold, legs) {
    const presence = {in: 'logged in', out: 'logged out'}[fold.users.get(this.#name)] ?? 'presence not known';
    const works = [...fold.members.values()].map(({group, state}) => `${group} (${state})`);
    return `${this.#name}: ${presence}, ${legs === 0 ? 'no call' : counted(legs, 'call')}`
      + (works.length > 0 ? `, works for ${works.join(', ')}` : '') + '.';
  }
}
