export { default as closeMonthReport } from './close-month-report.ts';
export { default as closeSignIn } from './close-sign-in.ts';
export { default as escalateOverdue } from './escalate-overdue.ts';
export { default as previewDigest } from './preview-digest.ts';
export { default as remindLedgerDue } from './remind-ledger-due.ts';
export { default as remindMonthReport } from './remind-month-report.ts';
export { default as remindStudy } from './remind-study.ts';
export { default as sendMonthlyDigest } from './send-monthly-digest.ts';
