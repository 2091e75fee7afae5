-- AlterTable
ALTER TABLE "Session" ADD COLUMN "closedAt" DATETIME;
ALTER TABLE "Session" ADD COLUMN "confirmedAt" DATETIME;
ALTER TABLE "Session" ADD COLUMN "confirmedBy" TEXT;
ALTER TABLE "Session" ADD COLUMN "convenorId" TEXT;
ALTER TABLE "Session" ADD COLUMN "material" TEXT;
ALTER TABLE "Session" ADD COLUMN "movedTo" TEXT;
ALTER TABLE "Session" ADD COLUMN "noticedAt" DATETIME;
ALTER TABLE "Session" ADD COLUMN "speaker" TEXT;

-- AlterTable
ALTER TABLE "SignIn" ADD COLUMN "enteredBy" TEXT;

-- CreateTable
CREATE TABLE "AttendanceCorrection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "MakeUp" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" DATETIME
);

-- CreateTable
CREATE TABLE "WrongCode" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "WeekExemption" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "week" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
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
    "half" TEXT,
    "type" TEXT,
    "reason" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "returnedAt" DATETIME
);
INSERT INTO "new_Leave" ("approverId", "askedAt", "decidedAt", "decidedBy", "fromOn", "id", "personId", "reason", "sessionCode", "state", "toOn", "type") SELECT "approverId", "askedAt", "decidedAt", "decidedBy", "fromOn", "id", "personId", "reason", "sessionCode", "state", "toOn", "type" FROM "Leave";
DROP TABLE "Leave";
ALTER TABLE "new_Leave" RENAME TO "Leave";
CREATE INDEX "Leave_state_idx" ON "Leave"("state");
CREATE INDEX "Leave_sessionCode_personId_idx" ON "Leave"("sessionCode", "personId");
CREATE INDEX "Leave_personId_toOn_idx" ON "Leave"("personId", "toOn");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "AttendanceCorrection_sessionCode_idx" ON "AttendanceCorrection"("sessionCode");

-- CreateIndex
CREATE INDEX "MakeUp_sessionCode_personId_idx" ON "MakeUp"("sessionCode", "personId");

-- CreateIndex
CREATE INDEX "WrongCode_personId_at_idx" ON "WrongCode"("personId", "at");

-- CreateIndex
CREATE INDEX "WeekExemption_week_idx" ON "WeekExemption"("week");
