/** What a figure is held to: the least or the most it may be, in its own unit. */
export type Aim = { atLeast: number } | { atMost: number };

/** One thing measured. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** absent where the figure only helps to read the others */
  aim?: Aim;
}

const isMet = ({ value }: Figure, aim: Aim): boolean => ('atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost);
const inWords = (aim: Aim): string => ('atLeast' in aim ? `≥${aim.atLeast}` : `≤${aim.atMost}`);

/** A figure as one line: value, unit, name, and whether it is as good as it has to be. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, aim } = figure;
  const judged = aim ? `\t门槛${inWords(aim)}：${isMet(figure, aim) ? '达标' : '未达标'}` : '';
  return `${String(Math.round(value * 1000) / 1000).padStart(10)} ${unit}\t${name}${judged}`;
}
