-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_LedgerItem" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "no" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "target" REAL,
    "unit" TEXT,
    "departmentCode" TEXT NOT NULL,
    "leaderId" TEXT,
    "ownerId" TEXT,
    "deadline" TEXT NOT NULL,
    "firstTarget" REAL,
    "firstDeadline" TEXT,
    "startOn" TEXT,
    "openedOn" TEXT,
    "parentCode" TEXT,
    "split" BOOLEAN NOT NULL DEFAULT false,
    "byHand" BOOLEAN NOT NULL DEFAULT false,
    "percent" REAL,
    "quantity" REAL,
    "acceptedAt" DATETIME,
    "completedAt" DATETIME,
    "updatedAt" DATETIME,
    "endedAt" DATETIME,
    "setLight" TEXT,
    "setLightWhy" TEXT,
    "setLightUntil" TEXT,
    "remark" TEXT NOT NULL DEFAULT '',
    "milestones" TEXT NOT NULL DEFAULT '[]',
    "nextMilestone" TEXT,
    "evidence" TEXT NOT NULL DEFAULT '',
    "comparator" TEXT NOT NULL DEFAULT '>=',
    "source" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "fault" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_LedgerItem" ("acceptedAt", "byHand", "category", "code", "comparator", "completedAt", "deadline", "departmentCode", "endedAt", "evidence", "firstDeadline", "firstTarget", "leaderId", "level", "measure", "milestones", "nextMilestone", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "source", "split", "startOn", "target", "title", "unit", "updatedAt") SELECT "acceptedAt", "byHand", "category", "code", "comparator", "completedAt", "deadline", "departmentCode", "endedAt", "evidence", "firstDeadline", "firstTarget", "leaderId", "level", "measure", "milestones", "nextMilestone", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "source", "split", "startOn", "target", "title", "unit", "updatedAt" FROM "LedgerItem";
DROP TABLE "LedgerItem";
ALTER TABLE "new_LedgerItem" RENAME TO "LedgerItem";
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");
CREATE INDEX "LedgerItem_departmentCode_idx" ON "LedgerItem"("departmentCode");
CREATE INDEX "LedgerItem_ownerId_idx" ON "LedgerItem"("ownerId");
CREATE INDEX "LedgerItem_leaderId_idx" ON "LedgerItem"("leaderId");
CREATE INDEX "LedgerItem_parentCode_idx" ON "LedgerItem"("parentCode");
CREATE INDEX "LedgerItem_acceptedAt_completedAt_deadline_idx" ON "LedgerItem"("acceptedAt", "completedAt", "deadline");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
