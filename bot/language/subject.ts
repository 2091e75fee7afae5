// People who are not the speaker: the family, the public, a class, a shop.
const FAMILY = '(?:孩子|娃娃?|儿子|女儿|闺女|老公|老婆|媳妇|爱人|家人|家里人?|爸妈?|妈妈?|父母|老人|亲戚)';
const SOMEBODY = `(?:${FAMILY}|同学|朋友|邻居|读者|观众|群众|居民|村民|市民|学生|学员|老师|家长|客户|顾客|老板|司机|游客|他们?|她们?|人家|大家伙?|别人|有人|对方|学校|幼儿园|驾校|医院|物业|小区|食堂|电视台)`;
const FIRST = new RegExp(
  `^[\\s，,]*(?:今[天早晚年]|昨[天晚儿]|前天|上周|周[一二三四五六日]|刚才?|我?[听看]?见?)?(?:我|咱|俺)?(?:的|家|们)?${SOMEBODY}`,
);
const FOR_FAMILY = new RegExp(`^[\\s，,]*[我咱俺]?[给替帮为](?:我|咱|俺)?[家的们]?${FAMILY}`);

/** Some of the family is named. */
export const ofFamily = (text: string): boolean => new RegExp(FAMILY).test(text);

/** Somebody else is who a stretch tells of: 「读者昨天在馆里看了三个小时书」, 「孩子周五的课停了」. */
export const tellsOfOthers = (text: string): boolean => FIRST.test(text) || FOR_FAMILY.test(text);
