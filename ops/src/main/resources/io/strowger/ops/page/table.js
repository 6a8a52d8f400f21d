// Rows of a table that stay where they are while what they say changes. Everything is put in as text: a name may hold markup.

/** Puts a text into a node if it says another. */
export function put(node, text) {
  const said = text ?? '';
  if (node.textContent !== said) {
    node.textContent = said;
  }
}

/** A word that may be broken where it must, as no column is wide enough for it. */
const LONG = /\S{16}/;

/** Puts a text into a cell: only words that are long are broken in the middle. */
function fill(node, text) {
  put(node, text);
  node.classList.toggle('long', LONG.test(text ?? ''));
}

/** Puts a text into the element of an id. */
export const say = (id, text) => put(document.getElementById(id), text);

export const show = (id, isShown) => {
  document.getElementById(id).hidden = !isShown;
};

export class Table {
  #body;
  #columns;
  #empty;
  #rows = new Map();
  #none;

  /**
   * @param id      of the table.
   * @param columns each {text, sub, tone, style, unfold}: functions of a thing to texts, and a class; the first is the row's header.
   *                Where it has unfold: of a thing that unfolds, {isOpen, press}; null of others.
   * @param empty   what is said when there is nothing.
   */
  constructor(id, columns, empty) {
    this.#body = document.getElementById(id).tBodies[0];
    this.#columns = columns;
    this.#empty = empty;
  }

  /**
   * Shows things in their order, and nothing else.
   *
   * @param things each [key, thing, isFirst], where isFirst begins a group.
   */
  show(things) {
    const keys = new Set();
    let place = this.#body.firstElementChild;
    if (place !== null && place === this.#none) {
      place = null;
      this.#none.remove();
    }
    for (const [key, thing, isFirst] of things) {
      keys.add(key);
      const row = this.#rows.get(key) ?? this.#make(key, thing);
      this.#fill(row, thing);
      row.tr.classList.toggle('first', isFirst === true);
      if (row.tr === place) {
        place = place.nextElementSibling;
      } else {
        this.#body.insertBefore(row.tr, place);
      }
    }
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        row.tr.remove();
        this.#rows.delete(key);
      }
    }
    if (keys.size === 0) {
      this.#showNone();
    }
  }

  #showNone() {
    if (!this.#none) {
      const cell = document.createElement('td');
      cell.colSpan = this.#columns.length;
      cell.textContent = this.#empty;
      this.#none = document.createElement('tr');
      this.#none.className = 'none';
      this.#none.append(cell);
    }
    this.#body.append(this.#none);
  }

  #make(key, thing) {
    const tr = document.createElement('tr');
    tr.dataset.key = key;
    const cells = this.#columns.map((column, i) => {
      const cell = document.createElement(i === 0 ? 'th' : 'td');
      if (i === 0) {
        cell.scope = 'row';
      }
      cell.className = column.style ?? '';
      const unfolds = column.unfold?.(thing) ?? null;
      const main = document.createElement(unfolds === null ? 'span' : 'button');
      main.className = unfolds !== null ? 'unfold' : column.tone ? 'chip' : 'main';
      if (unfolds !== null) {
        main.type = 'button';
        main.addEventListener('click', unfolds.press);
      }
      cell.append(main);
      let sub = null;
      if (column.sub) {
        sub = document.createElement('span');
        sub.className = 'sub';
        cell.append(sub);
      }
      tr.append(cell);
      return {main, sub};
    });
    const row = {tr, cells};
    this.#rows.set(key, row);
    return row;
  }

  #fill(row, thing) {
    this.#columns.forEach((column, i) => {
      const {main, sub} = row.cells[i];
      fill(main, column.text(thing));
      if (main.type === 'button') {
        main.setAttribute('aria-expanded', String(column.unfold(thing).isOpen));
      }
      if (column.tone) {
        main.dataset.tone = column.tone(thing);
      }
      if (sub !== null) {
        fill(sub, column.sub(thing));
      }
    });
  }
}
