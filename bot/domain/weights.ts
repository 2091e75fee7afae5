/** What a quarter's score is made of (R48, R78), by what each part is called. */
const SCORE_PARTS = { work: '重点工作', peers: '互评', survey: '测评', commentary: '点评' } as const;
type ScorePart = keyof typeof SCORE_PARTS;
const PART_KEYS = Object.keys(SCORE_PARTS) as [ScorePart, ...ScorePart[]];
export type Weights = Record<ScorePart, number>;

/** 默认权重 (requirements 2.6, Q12). */
export const DEFAULT_WEIGHTS: Weights = { work: 40, peers: 25, survey: 20, commentary: 15 };

/** Why weights cannot be: they are a hundred in all, and key work is the largest of them. Null where they can. */
export function wrongWeights(weights: Weights): 'sum' | 'not-largest' | null {
  if (sumOf(weights) !== 100) return 'sum';
  const others = PART_KEYS.filter((part) => part !== 'work').map((part) => weights[part]);
  return others.some((weight) => weight >= weights.work) ? 'not-largest' : null;
}

export const sumOf = (weights: Weights): number => PART_KEYS.reduce((sum, part) => sum + weights[part], 0);

/** 「重点工作40、互评25、测评20、点评15」 */
export const weightsInWords = (weights: Weights): string =>
  PART_KEYS.map((part) => `${SCORE_PARTS[part]}${weights[part]}`).join('、');

const figureOf = (name: string): RegExp =>
  new RegExp(
    `${name}(?:的?(?:权重|分值|比重|占比))?(?:改为|设为|定为|调整?[为到]|占|为|是)?[：:\\s]*(\\d{1,3})(?:%|分)?`,
  );
const FIGURES: Record<ScorePart, RegExp> = {
  work: figureOf('(?:重点工作|台账)(?:完成情况)?'),
  peers: figureOf('(?:季度)?互评'),
  survey: figureOf('(?:社会|季度)?测评'),
  commentary: figureOf('点评'),
};

/** The weights that words give, of the parts they name. */
export function weightsIn(text: string): Partial<Weights> {
  const told: Partial<Weights> = {};
  for (const part of PART_KEYS) {
    const figure = FIGURES[part].exec(text)?.[1];
    if (figure !== undefined) told[part] = Number(figure);
  }
  return told;
}
