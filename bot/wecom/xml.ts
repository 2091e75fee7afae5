import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { BadCallback } from './crypto.ts';
import { plainElements } from './plain-xml.ts';

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: true });

/** An element with others in it; what is repeated is a list, what is not is not (protocol notes 1.15). */
export type XmlTree = { [element: string]: XmlNode };
export type XmlNode = string | XmlTree | (string | XmlTree)[];

/**
 * Reads WeCom's XML into what the root element holds.
 * Refuses (BadCallback 400) document types and entities of its own, and what is not well-formed: protocol notes 1.15.
 */
export function readTree(text: string): XmlTree {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new BadCallback(400, 'xml');
  return plainElements(text) ?? parsed(text);
}

/** As the library reads it, whatever form it has. */
export function parsed(text: string): XmlTree {
  if (XMLValidator.validate(text) !== true) throw new BadCallback(400, 'xml');
  let root: unknown;
  try {
    root = parser.parse(text)?.xml;
  } catch {
    // Names that would reach into the language's own objects are thrown out by the parser.
    throw new BadCallback(400, 'xml');
  }
  if (root === null || typeof root !== 'object') throw new BadCallback(400, 'xml root');
  return root as XmlTree;
}

/** The texts of the root's own elements; nested ones are left out. */
export const readXml = (text: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readTree(text)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** Every element at the end of `path`, however often each on the way is repeated. */
export function nodesAt(tree: XmlTree, ...path: string[]): (string | XmlTree)[] {
  return path.reduce<(string | XmlTree)[]>(
    (found, name) =>
      found.flatMap((one) => {
        const next = typeof one === 'string' ? undefined : one[name];
        return next === undefined ? [] : Array.isArray(next) ? next : [next];
      }),
    [tree],
  );
}

export const textsAt = (tree: XmlTree, ...path: string[]): string[] =>
  nodesAt(tree, ...path).filter((one) => typeof one === 'string');
