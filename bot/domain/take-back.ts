/** How every deed says that it can be taken back (requirements part 1, G11). An answer to several orders says it once. */
export const TAKE_BACK = '十分钟内可发“撤销”收回。';
