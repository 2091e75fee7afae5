-- AlterTable
ALTER TABLE "Session" ADD COLUMN "cancelledAt" DATETIME;
ALTER TABLE "Session" ADD COLUMN "signInCode" TEXT;

-- CreateTable
CREATE TABLE "StudyRecord" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Reflection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Extension" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "reason" TEXT NOT NULL,
    "oldDeadline" TEXT NOT NULL,
    "newDeadline" TEXT NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "memberId" TEXT,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Urge" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "byId" TEXT NOT NULL,
    "itemCode" TEXT,
    "departmentCode" TEXT,
    "memberId" TEXT,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "MonthReport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Digest" (
    "month" TEXT NOT NULL PRIMARY KEY,
    "text" TEXT NOT NULL,
    "previewAt" DATETIME,
    "heldAt" DATETIME,
    "heldBy" TEXT,
    "sentAt" DATETIME
);

-- CreateTable
CREATE TABLE "Commentary" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "PeerScore" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "quarter" TEXT NOT NULL,
    "fromDepartment" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "scores" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "Enterprise" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "liaisonId" TEXT
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Leave" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "sessionCode" TEXT,
    "fromOn" TEXT NOT NULL DEFAULT '',
    "toOn" TEXT NOT NULL DEFAULT '',
    "type" TEXT,
    "reason" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT
);
INSERT INTO "new_Leave" ("approverId", "askedAt", "decidedAt", "decidedBy", "id", "personId", "reason", "sessionCode", "state") SELECT "approverId", "askedAt", "decidedAt", "decidedBy", "id", "personId", "reason", "sessionCode", "state" FROM "Leave";
DROP TABLE "Leave";
ALTER TABLE "new_Leave" RENAME TO "Leave";
CREATE INDEX "Leave_state_idx" ON "Leave"("state");
CREATE INDEX "Leave_sessionCode_personId_idx" ON "Leave"("sessionCode", "personId");
CREATE INDEX "Leave_personId_toOn_idx" ON "Leave"("personId", "toOn");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "StudyRecord_personId_date_idx" ON "StudyRecord"("personId", "date");

-- CreateIndex
CREATE INDEX "StudyRecord_date_idx" ON "StudyRecord"("date");

-- CreateIndex
CREATE INDEX "Reflection_personId_at_idx" ON "Reflection"("personId", "at");

-- CreateIndex
CREATE INDEX "Extension_itemCode_state_idx" ON "Extension"("itemCode", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_itemCode_key" ON "Assignment"("itemCode");

-- CreateIndex
CREATE INDEX "Urge_itemCode_at_idx" ON "Urge"("itemCode", "at");

-- CreateIndex
CREATE INDEX "MonthReport_month_departmentCode_idx" ON "MonthReport"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "Commentary_month_departmentCode_idx" ON "Commentary"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "PeerScore_quarter_departmentCode_idx" ON "PeerScore"("quarter", "departmentCode");

-- CreateIndex
CREATE UNIQUE INDEX "Enterprise_name_key" ON "Enterprise"("name");

-- CreateIndex
CREATE INDEX "Visit_enterpriseCode_date_idx" ON "Visit"("enterpriseCode", "date");

-- CreateIndex
CREATE INDEX "Visit_personId_date_idx" ON "Visit"("personId", "date");
