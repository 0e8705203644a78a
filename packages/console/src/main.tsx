/** The console: a client of the API with no privileges of its own. */
import './ui/tokens.css';
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { become, followRecord, followTabs, makeQueries, onSignedOut } from './api/index.ts';
import { Frame } from './frame/index.ts';
import { Pages, PLACES } from './routes.tsx';
import { Welcome } from './welcome/index.ts';

const queries = makeQueries();
onSignedOut(() => become(queries, null));
followTabs(queries);

function Desk() {
  useEffect(() => followRecord(queries), []);
  return (
    <Frame places={PLACES}>
      <Pages />
    </Frame>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <Welcome>
        <Desk />
      </Welcome>
    </QueryClientProvider>,
  );
