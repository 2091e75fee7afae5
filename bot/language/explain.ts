import { dayInWords } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import { type Clause, read, type Said, type World } from './reading.ts';
import { claimsBy, claimsOn, isOpen, mayBeMeant, understand } from './understand.ts';

/** Why a message is understood as it is, for an engineer: what it names, what was claimed, what won. */
export function explain(said: Said, world: World, handlers: readonly Handler[]): string {
  const reading = read(said, world);
  const result = understand(said, world, handlers);
  const open = result.outcome === 'ask' ? result.parts.find(isOpen) : undefined;
  const bearing = Object.entries(reading.bearing).flatMap(([name, holds]) => (holds ? [name] : []));
  return [
    `「${said.text}」 ${said.speaker.name} ${said.chat}`,
    ...(bearing.length > 0 ? [`  whole: ${bearing.join(' ')}`] : []),
    ...reading.clauses.map((clause) => `  clause 「${clause.text.trim()}」 ${entities(clause)}`),
    ...claimsOn(mayBeMeant(reading, handlers), (handler) => claimsBy(handler, reading)).map(
      ({ handler, weight, inputs, question, start, end }) =>
        `  claim ${weight.toFixed(1)} ${handler.name} [${start},${end}) ${question === undefined ? JSON.stringify(inputs) : `ask: ${question}`}`,
    ),
    ...reading.unknown.map(({ start, end }) => `  not in the ledger: ${reading.message.text.slice(start, end)}`),
    ...(open ? [`  asks: ${open.question} ${open.candidates.map(({ label }) => label).join('|')}`] : []),
    `  → ${result.outcome} ${result.outcome === 'none' ? '' : result.commands.map(({ handler, input }) => `${handler.name} ${JSON.stringify(input)}`).join('; ')}`,
  ].join('\n');
}

function entities(clause: Clause): string {
  const mood = Object.entries(clause.mood).flatMap(([name, holds]) => (holds ? [name] : []));
  return [
    ...clause.items.map(
      ({ items, how, score }) => `item(${items.map(({ code }) => code).join('|')} ${how} ${score.toFixed(2)})`,
    ),
    ...clause.people.map(({ people, how }) => `person(${people.map(({ name }) => name).join('|')} ${how})`),
    ...clause.departments.map(({ department, how }) => `unit(${department.code} ${how})`),
    ...clause.enterprises.map(({ enterprise }) => `enterprise(${enterprise.code})`),
    ...clause.days('ahead').map(({ day }) => `day(${dayInWords(day)})`),
    ...(mood.length > 0 ? [`mood(${mood.join(' ')})`] : []),
  ].join(' ');
}
