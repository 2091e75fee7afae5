/** 应用菜单: three by five; a button is a sentence, so what it says is what one would type (G14). */
export const MENU = {
  button: [
    {
      name: '学习考勤',
      sub_button: [
        { type: 'click', name: '签到', key: '签到' },
        { type: 'click', name: '我的考勤', key: '我的考勤' },
        { type: 'click', name: '请假', key: '我要请假' },
        { type: 'click', name: '今天谁没签到', key: '今天学习谁没签到' },
        { type: 'click', name: '本周学了多少', key: '我本周学习了多久' },
      ],
    },
    {
      name: '工作台账',
      sub_button: [
        { type: 'click', name: '我的台账', key: '我的台账' },
        { type: 'click', name: '申请验收', key: '申请验收' },
        { type: 'click', name: '哪些逾期了', key: '哪些逾期了' },
        { type: 'click', name: '本月谁没报', key: '本月谁没报' },
        { type: 'click', name: '看月报', key: '看月报' },
      ],
    },
    {
      name: '更多',
      sub_button: [
        { type: 'click', name: '帮助', key: '帮助' },
        { type: 'click', name: '撤销上一条', key: '撤销' },
        { type: 'click', name: '我的权限', key: '我的权限' },
        { type: 'click', name: '活动进程', key: '活动到哪天' },
      ],
    },
  ],
};

/** The menu with the page of one's own ledger, where phones can reach it: WeCom signs in by https only. */
export function menuFor(publicUrl: string | undefined): typeof MENU {
  if (!publicUrl?.startsWith('https:')) return MENU;
  const page = { type: 'view', name: '台账网页', url: `${publicUrl.replace(/\/+$/, '')}/pages/ledger` };
  const button = MENU.button.map((one) =>
    one.name === '更多' ? { ...one, sub_button: [...one.sub_button, page] } : one,
  );
  return { button } as typeof MENU;
}
