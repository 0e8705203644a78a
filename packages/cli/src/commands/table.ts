/** Every command there is. */
import type { Command } from '../command.ts';
import { agentAdd, agentList, agentSetState, agentShow, agentVersion } from './agent.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { drill } from './drill.ts';
import { importCommand } from './import.ts';
import { init } from './init.ts';
import { keysCreate, keysList, keysRevoke } from './keys.ts';
import { ledgerExport } from './ledger-export.ts';
import { ledgerContinue, ledgerIds, ledgerLoad } from './ledger-store.ts';
import { pactCheck } from './pact-check.ts';
import { pactDiff } from './pact-diff.ts';
import { pactExplain } from './pact-explain.ts';
import { pactPropose } from './pact-propose.ts';
import { pactPublish, pactSign } from './pact-sign.ts';
import { pactTest } from './pact-test.ts';
import { peopleAdd, peopleClose, peopleLink, peopleList, peopleRoles } from './people.ts';
import { rehearse } from './rehearse.ts';
import { simulate } from './simulate.ts';
import { start } from './start.ts';
import { resume, stop } from './stop.ts';
import { tour } from './tour.ts';
import { weekly, weeklyReview } from './weekly.ts';

export const COMMANDS: readonly Command[] = [
  start,
  demo,
  init,
  pactCheck,
  pactTest,
  pactExplain,
  pactDiff,
  pactPropose,
  pactSign,
  pactPublish,
  rehearse,
  simulate,
  importCommand,
  agentAdd,
  agentVersion,
  agentSetState,
  agentShow,
  agentList,
  weeklyReview,
  weekly,
  stop,
  resume,
  drill,
  keysCreate,
  keysList,
  keysRevoke,
  peopleAdd,
  peopleLink,
  peopleRoles,
  peopleList,
  peopleClose,
  ledgerExport,
  ledgerIds,
  ledgerLoad,
  ledgerContinue,
  doctor,
  tour,
];
