-- CreateTable
CREATE TABLE "MonthLine" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "done" TEXT NOT NULL DEFAULT '',
    "problems" TEXT NOT NULL DEFAULT '',
    "plans" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "QueryLog" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL
);

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
    "comparator" TEXT NOT NULL DEFAULT '>='
);
INSERT INTO "new_LedgerItem" ("acceptedAt", "category", "code", "completedAt", "deadline", "departmentCode", "endedAt", "firstDeadline", "firstTarget", "leaderId", "level", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "split", "startOn", "target", "title", "unit", "updatedAt") SELECT "acceptedAt", "category", "code", "completedAt", "deadline", "departmentCode", "endedAt", "firstDeadline", "firstTarget", "leaderId", "level", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "split", "startOn", "target", "title", "unit", "updatedAt" FROM "LedgerItem";
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

-- CreateIndex
CREATE INDEX "MonthLine_month_itemCode_idx" ON "MonthLine"("month", "itemCode");

-- CreateIndex
CREATE INDEX "QueryLog_at_idx" ON "QueryLog"("at");
