import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { type ServiceState, serviceState } from '#bot/store/upkeep.ts';

const PLEASE = '(?:请|帮我|给我|我想)?(?:查|看)?(?:一下|一看|看|下)?';
const WHAT = '(?:系统|服务|程序|机器人|创优助手|后台)';
/** 「状态」 alone, or that of the service itself; what is said of a matter, a firm or a project is not. */
const STATE = new RegExp(
  `^\\s*${PLEASE}(?:${WHAT}?(?:现在|当前|目前)?(?:的)?(?:运行)?(?:状态|状况)(?:怎么?样|如何|正常吗)?|${WHAT}(?:现在|当前|目前|还|都)?(?:运行|工作)?正常[吗么]|${WHAT}?(?:昨晚|今天|最近)?备份(?:了吗|好了吗|正常吗|状态|情况))[。？?！!\\s]*$`,
);
const LONG_WAIT_MS = 5 * 60_000;

/** 状态: how the service is, for who looks after it: connection, last callback, queue, failed sends, job slots, backup (R99). */
export default defineHandler({
  name: 'service.state',
  title: '运行状态',
  examples: ['状态', '系统运行正常吗'],
  offers: ({ actor }) => (has(actor, 'admin') ? ['状态'] : []),
  input: z.object({}),
  reads: true,
  allow: { doneBy: '系统管理员或活动办', permits: ({ actor }) => has(actor, 'admin', 'office') },

  over: 'message',
  cues: [STATE],
  meant: (clause) => (cue(clause, STATE) ? act(clause, 2.6, {}) : null),

  async execute({ message, tx }) {
    return { kind: 'shown', changed: false, state: await serviceState(tx, message.sentAt, message.key) };
  },

  reply({ state }) {
    const faults = faultsOf(state);
    const verdict = faults.length === 0 ? '运行正常。' : `有${faults.length}处要处理：${faults.join('；')}。`;
    return [verdict, connection(state), queues(state), jobs(state), backups(state)].join('\n');
  },
  inGroup: () => '运行状态已私信发给您。',
});

const moment = (at: Date): string => `${dayInWords(dayOf(at))}${timeOf(at)}`;

function faultsOf({ health, waitedMs, parked, undelivered, missed, failed, upkeepFailed }: ServiceState): string[] {
  return [
    ...health.filter(({ ok }) => !ok).map(({ part, note }) => `${part}${note}`),
    ...(waitedMs > LONG_WAIT_MS ? [`有消息已等${Math.floor(waitedMs / 60_000)}分钟没有发出`] : []),
    ...(parked > 0 ? [`七天内搁置${parked}条没有处理成的消息，请看服务日志`] : []),
    ...(undelivered > 0 ? [`七天内${undelivered}条没有送达，原因见每天08:45的报告`] : []),
    ...(missed + failed > 0 ? [`七天内定时任务漏发${missed}次、未成${failed}次`] : []),
    ...(upkeepFailed.length > 0 ? [`七天内备份或恢复演练未成${upkeepFailed.length}次`] : []),
  ];
}

function connection({ health, lastCallback }: ServiceState): string {
  const seen = health.find(({ part }) => part === '企业微信');
  const link = seen ? `${seen.ok ? '连得上' : '连不上'}（${moment(seen.at)}探测）` : '尚未探测';
  return `企业微信：${link}；最近一次回调：${lastCallback ? moment(lastCallback) : '还没有'}。`;
}

const queues = ({ inbox, outbox }: ServiceState): string => `队列：待办理${inbox}条，待发送${outbox}条。`;

const jobs = ({ slots, missed, failed }: ServiceState): string =>
  `定时任务：七天内到点${slots}次，按时或补做${slots - missed - failed}次。`;

function backups({ backup, trial }: ServiceState): string {
  const made = backup?.doneAt ? `${moment(backup.doneAt)}（${backup.note}）` : '还没有';
  return `最近备份：${made}；最近恢复演练：${trial?.doneAt ? `${moment(trial.doneAt)}，${trial.note}` : '还没有'}。`;
}
