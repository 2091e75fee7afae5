-- AlterTable
ALTER TABLE "Slip" ADD COLUMN "answer" TEXT;
ALTER TABLE "Slip" ADD COLUMN "answeredAt" DATETIME;
ALTER TABLE "Slip" ADD COLUMN "answeredBy" TEXT;

-- CreateTable
CREATE TABLE "Feedback" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "next" TEXT NOT NULL DEFAULT '',
    "inboxKey" TEXT NOT NULL DEFAULT '',
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Meeting" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "heldOn" TEXT NOT NULL,
    "attended" INTEGER,
    "decisions" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Inspection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "heldOn" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "finding" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "itemCode" TEXT,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "LookBack" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "itemCode" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "answer" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "answeredBy" TEXT,
    "answeredAt" DATETIME,
    "newCode" TEXT
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
    "comparator" TEXT NOT NULL DEFAULT '>=',
    "source" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_LedgerItem" ("acceptedAt", "category", "code", "comparator", "completedAt", "deadline", "departmentCode", "endedAt", "evidence", "firstDeadline", "firstTarget", "leaderId", "level", "milestones", "nextMilestone", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "split", "startOn", "target", "title", "unit", "updatedAt") SELECT "acceptedAt", "category", "code", "comparator", "completedAt", "deadline", "departmentCode", "endedAt", "evidence", "firstDeadline", "firstTarget", "leaderId", "level", "milestones", "nextMilestone", "no", "openedOn", "ownerId", "parentCode", "percent", "quantity", "remark", "setLight", "setLightUntil", "setLightWhy", "split", "startOn", "target", "title", "unit", "updatedAt" FROM "LedgerItem";
DROP TABLE "LedgerItem";
ALTER TABLE "new_LedgerItem" RENAME TO "LedgerItem";
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");
CREATE INDEX "LedgerItem_departmentCode_idx" ON "LedgerItem"("departmentCode");
CREATE INDEX "LedgerItem_ownerId_idx" ON "LedgerItem"("ownerId");
CREATE INDEX "LedgerItem_leaderId_idx" ON "LedgerItem"("leaderId");
CREATE INDEX "LedgerItem_parentCode_idx" ON "LedgerItem"("parentCode");
CREATE INDEX "LedgerItem_acceptedAt_completedAt_deadline_idx" ON "LedgerItem"("acceptedAt", "completedAt", "deadline");
CREATE TABLE "new_Assignment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT,
    "signedAt" DATETIME,
    "signedBy" TEXT,
    "objection" TEXT,
    "objectedAt" DATETIME,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "memberId" TEXT,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME,
    "level" TEXT NOT NULL DEFAULT '一般',
    "source" TEXT NOT NULL DEFAULT '',
    "helpers" TEXT NOT NULL DEFAULT '[]',
    "rhythm" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_Assignment" ("at", "byId", "departmentCode", "id", "itemCode", "kind", "memberId", "number", "objectedAt", "objection", "signedAt", "signedBy", "text", "undoneAt") SELECT "at", "byId", "departmentCode", "id", "itemCode", "kind", "memberId", "number", "objectedAt", "objection", "signedAt", "signedBy", "text", "undoneAt" FROM "Assignment";
DROP TABLE "Assignment";
ALTER TABLE "new_Assignment" RENAME TO "Assignment";
CREATE UNIQUE INDEX "Assignment_number_key" ON "Assignment"("number");
CREATE UNIQUE INDEX "Assignment_itemCode_key" ON "Assignment"("itemCode");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Feedback_itemCode_id_idx" ON "Feedback"("itemCode", "id");

-- CreateIndex
CREATE INDEX "Meeting_heldOn_idx" ON "Meeting"("heldOn");

-- CreateIndex
CREATE UNIQUE INDEX "Inspection_number_key" ON "Inspection"("number");

-- CreateIndex
CREATE INDEX "Inspection_departmentCode_heldOn_idx" ON "Inspection"("departmentCode", "heldOn");

-- CreateIndex
CREATE UNIQUE INDEX "LookBack_month_itemCode_key" ON "LookBack"("month", "itemCode");
