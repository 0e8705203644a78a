/** What of a request does not fit, in words: where it stands, and what is asked for there. */
import type { FastifySchemaValidationError } from 'fastify';
import type { z } from 'zod';

/** Of a body, as its JSON schema found it; the schema that it broke comes along. */
export function misfitInBody(error: FastifySchemaValidationError | undefined): string {
  if (!error) return 'it is of another form';
  const { keyword, instancePath, params, message = 'is of another form' } = error;
  const where = instancePath.slice(1).replaceAll('/', '.') || 'the body';
  const inside = instancePath === '' ? '' : ` in ${where}`;
  const { description } = ((error as { parentSchema?: unknown }).parentSchema ?? {}) as { description?: string };
  switch (keyword) {
    case 'required':
      return `${String(params['missingProperty'])} is missing${inside}`;
    case 'additionalProperties':
      return `there is no member ${String(params['additionalProperty'])}${inside}`;
    case 'enum':
      return `${where} has to be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'type':
      return `${where} has to be of type ${String(params['type'])}`;
    case 'pattern':
      return `${where} has to be ${description ?? `like ${String(params['pattern'])}`}`;
    default:
      return `${where} ${message.replace(/^must NOT/, 'may not').replace(/^must/, 'has to')}`;
  }
}

/** Of an address. */
export function misfitInText(issue: z.core.$ZodIssue | undefined): string {
  const where = issue?.path.join('.') || 'it';
  switch (issue?.code) {
    case 'invalid_format':
      return `${where} has to be ${issue.message}`;
    case 'invalid_value':
      return `${where} has to be one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return `${where} has to be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    case 'too_small':
      return `${where} has to be at least ${issue.minimum}${unitOf(issue)}`;
    case 'too_big':
      return `${where} has to be at most ${issue.maximum}${unitOf(issue)}`;
    default:
      return `${where}: ${issue?.message ?? 'it is of another form'}`;
  }
}

const unitOf = ({ origin }: { readonly origin: string }): string => (origin === 'string' ? ' characters' : '');
