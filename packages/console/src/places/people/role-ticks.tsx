/** Roles to tick, each with what it may; the contract’s routes decide. */
import { STAFF } from '@surety/core/terms';
import type { PersonView } from '@surety/core/wire';
import { Check } from '../../ui/index.ts';
import { capital, roleWord } from '../../words/index.ts';
import css from './people.module.css';

export type PersonRole = PersonView['roles'][number];

const FOR: Readonly<Record<PersonRole, string>> = {
  steward: 'adds people, agents and keys; may do everything except sign pacts and give verdicts',
  governance: 'signs pacts and puts them in force, sets states, stops agents, signs weekly reviews',
  support_manager: 'answers holds, sets states, stops agents, signs weekly reviews',
  quality_analyst: 'gives verdicts on what was done; may stop an agent',
  reviewer: 'answers holds, gives verdicts; may stop an agent',
  engineer: 'connects agents, proposes pacts; may stop an agent',
  finance: 'reads; will keep the books',
  auditor: 'reads, and sees who else may sign in',
  viewer: 'reads',
};

export function RoleTicks({
  roles,
  wrong,
  onChange,
}: {
  readonly roles: readonly PersonRole[];
  readonly wrong: string | undefined;
  readonly onChange: (roles: readonly PersonRole[]) => void;
}) {
  return (
    <fieldset>
      <legend className={css['legend']}>Roles</legend>
      <div className={css['ticks']}>
        {STAFF.map((role) => (
          <Check
            key={role}
            checked={roles.includes(role)}
            onChange={({ target }) =>
              onChange(
                target.checked
                  ? STAFF.filter((one) => one === role || roles.includes(one))
                  : roles.filter((one) => one !== role),
              )
            }
            label={
              <>
                <b className={css['role']}>{capital(roleWord(role))}</b>{' '}
                <span className={css['faint']}>{FOR[role]}</span>
              </>
            }
          />
        ))}
      </div>
      {wrong && (
        <p className={css['wrong']} role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  );
}
