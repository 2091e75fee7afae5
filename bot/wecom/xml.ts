import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { BadCallback } from './crypto.ts';

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: true });

/**
 * Reads WeCom's flat XML into its elements' texts; nested elements are left out.
 * Refuses (BadCallback 400) document types and entities of its own, and what is not well-formed: protocol notes 1.15.
 */
export function readXml(text: string): Record<string, string> {
  if (/<!DOCTYPE|<!ENTITY/i.test(text) || XMLValidator.validate(text) !== true) throw new BadCallback(400, 'xml');
  const root: unknown = parser.parse(text)?.xml;
  if (root === null || typeof root !== 'object') throw new BadCallback(400, 'xml root');
  return Object.fromEntries(
    Object.entries(root).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
