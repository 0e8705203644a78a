/** The console: a client of the API with no privileges of its own. */

import { CONTRACT } from 'virtual:contract';
import { createRoot } from 'react-dom/client';

createRoot(document.getElementById('root') as HTMLElement).render(<h1>{Object.keys(CONTRACT).length}</h1>);
