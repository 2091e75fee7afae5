/** A long text that is being written: a 心得体会 or an entry of a contest. */
export interface Draft {
  kind: string;
  title: string;
}

/** More than anybody writes by hand; what is over it is not taken rather than cut. */
export const MOST_DRAFT_CHARS = 60_000;

/** 字数: without what is only space. */
export const wordsIn = (text: string): number => text.replace(/\s/g, '').length;

/** 「《从小事做起》」 or 「参评作品《从小事做起》」 */
export const draftName = ({ kind, title }: Draft): string => `${kind === 'entry' ? '参评作品' : ''}《${title}》`;
