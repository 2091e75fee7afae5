export { default as myItems } from './ledger/my-items.ts';
export { default as reportProgress } from './ledger/report-progress.ts';
export { default as help } from './overview/help.ts';
export { default as signIn } from './study/sign-in.ts';
