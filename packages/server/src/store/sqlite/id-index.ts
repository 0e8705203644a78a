/**
 * Which entries may have an id, by a hash of it, in memory: an index in the database would write another page for every
 * entry, since ids are random. A hash names candidates only; whoever asks compares the id itself.
 */

/** 64 bits: where it stands, and what is compared there. */
export type IdHash = readonly [place: number, mark: number];

/** Each grows by itself, so that growing never takes long. */
const SHARDS = 256;
const FIRST_SLOTS = 64;
/** No index: entries are numbered from 0, and slots hold the index plus one. */
const FREE = 0;
/** Slots are 32 bits wide. */
export const INDEX_MAX = 0xffff_fffe;

/** Two FNV-1a hashes of the units of a text, mixed at the end. Stored: it never changes. */
export function hashId(id: string): IdHash {
  let a = 0x811c9dc5;
  let b = 0xc2b2ae35;
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return [mixed(a ^ (b >>> 13)), mixed(b ^ (a >>> 16))];
}

function mixed(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

export class IdIndex {
  readonly #shards = Array.from({ length: SHARDS }, () => new Shard());

  add([place, mark]: IdHash, idx: number): void {
    this.#shard(place).add(place, mark, idx);
  }

  /** Indexes of entries whose id has this hash: nearly always none or one. */
  candidates([place, mark]: IdHash): number[] {
    return this.#shard(place).candidates(place, mark);
  }

  #shard(place: number): Shard {
    return this.#shards[place >>> 24] as Shard;
  }
}

/** Open addressing: a slot is a mark, the place it belongs to and an index. */
class Shard {
  #places = new Uint32Array(FIRST_SLOTS);
  #marks = new Uint32Array(FIRST_SLOTS);
  #indexes = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  add(place: number, mark: number, idx: number): void {
    if (this.#count * 4 >= this.#indexes.length * 3) this.#grow();
    this.#put(place, mark, idx + 1);
    this.#count++;
  }

  candidates(place: number, mark: number): number[] {
    const found: number[] = [];
    const mask = this.#indexes.length - 1;
    for (let slot = place & mask; this.#indexes[slot] !== FREE; slot = (slot + 1) & mask)
      if (this.#marks[slot] === mark && this.#places[slot] === place) found.push((this.#indexes[slot] as number) - 1);
    return found;
  }

  #put(place: number, mark: number, value: number): void {
    const mask = this.#indexes.length - 1;
    let slot = place & mask;
    while (this.#indexes[slot] !== FREE) slot = (slot + 1) & mask;
    this.#places[slot] = place;
    this.#marks[slot] = mark;
    this.#indexes[slot] = value;
  }

  #grow(): void {
    const [places, marks, indexes] = [this.#places, this.#marks, this.#indexes];
    this.#places = new Uint32Array(places.length * 2);
    this.#marks = new Uint32Array(places.length * 2);
    this.#indexes = new Uint32Array(places.length * 2);
    for (let slot = 0; slot < indexes.length; slot++)
      if (indexes[slot] !== FREE) this.#put(places[slot] as number, marks[slot] as number, indexes[slot] as number);
  }
}
