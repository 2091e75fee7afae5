import { z } from 'zod';
import { isDay } from './calendar.ts';

/** The parts that commands of several capabilities share. */

/** `YYYY-MM-DD`, a day of the calendar. */
export const day = z.string().refine(isDay, '应为日期，如 2013-05-14');
/** `YYYY-MM` */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** The seven dimensions of 互评 in the plan's order (N31): 工作台账、工作效率、工作业绩、服务质量、环境卫生、工作考勤、日常工作开展. */
export const DIMENSIONS = [
  'ledger',
  'efficiency',
  'achievement',
  'service',
  'environment',
  'attendance',
  'routine',
] as const;
