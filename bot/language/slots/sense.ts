/** Which way a day lies when the words leave it open: a deadline ahead, a visit behind. */
export type Sense = 'ahead' | 'behind' | 'near';
