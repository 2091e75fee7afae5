export { default as closeSignIn } from './close-sign-in.ts';
export { default as escalateOverdue } from './escalate-overdue.ts';
export { default as remindLedgerDue } from './remind-ledger-due.ts';
export { default as remindStudy } from './remind-study.ts';
export { default as sendMonthlyDigest } from './send-monthly-digest.ts';
