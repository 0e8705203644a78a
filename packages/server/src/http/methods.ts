/** Which methods an address takes: who asks by another hears so, and not that there is nothing. */
import type { RouteOptions } from 'fastify';

interface Known {
  readonly methods: readonly string[];
  readonly shape: RegExp;
}

/** The console answers at whatever else a person opens. */
const EVERYWHERE = '/*';

export class Methods {
  readonly #known: Known[] = [];

  add({ method, url }: Pick<RouteOptions, 'method' | 'url'>): void {
    if (url === EVERYWHERE) return;
    const shape = url
      .split('/')
      .map((part) => (part === '*' ? '.+' : part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
      .join('/');
    this.#known.push({ methods: [method].flat(), shape: new RegExp(`^${shape}$`) });
  }

  at(path: string): string[] {
    return [...new Set(this.#known.filter(({ shape }) => shape.test(path)).flatMap(({ methods }) => methods))].sort();
  }
}
