-- CreateTable
CREATE TABLE "Membership" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT
);

-- CreateTable
CREATE TABLE "Campaign" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userid" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "rank" INTEGER NOT NULL DEFAULT 0,
    "leftOn" TEXT
);
INSERT INTO "new_Person" ("departmentCode", "id", "name", "roles", "title") SELECT "departmentCode", "id", "name", "roles", "title" FROM "Person";
DROP TABLE "Person";
ALTER TABLE "new_Person" RENAME TO "Person";
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
    "percent" REAL,
    "quantity" REAL,
    "acceptedAt" DATETIME,
    "completedAt" DATETIME,
    "updatedAt" DATETIME,
    "remark" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_LedgerItem" ("acceptedAt", "category", "code", "deadline", "departmentCode", "leaderId", "level", "no", "ownerId", "percent", "quantity", "target", "title", "unit") SELECT "acceptedAt", "category", "code", "deadline", "departmentCode", "leaderId", "level", "no", "ownerId", "percent", "quantity", "target", "title", "unit" FROM "LedgerItem";
DROP TABLE "LedgerItem";
ALTER TABLE "new_LedgerItem" RENAME TO "LedgerItem";
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");
CREATE TABLE "new_Session" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "start" DATETIME NOT NULL,
    "end" DATETIME NOT NULL,
    "venue" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '[]',
    "host" TEXT
);
INSERT INTO "new_Session" ("code", "end", "kind", "start", "topic", "venue") SELECT "code", "end", "kind", "start", "topic", "venue" FROM "Session";
DROP TABLE "Session";
ALTER TABLE "new_Session" RENAME TO "Session";
CREATE UNIQUE INDEX "Session_topic_start_key" ON "Session"("topic", "start");
CREATE TABLE "new_SignIn" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "late" BOOLEAN NOT NULL,
    "how" TEXT NOT NULL DEFAULT 'word'
);
INSERT INTO "new_SignIn" ("at", "id", "late", "personId", "sessionCode") SELECT "at", "id", "late", "personId", "sessionCode" FROM "SignIn";
DROP TABLE "SignIn";
ALTER TABLE "new_SignIn" RENAME TO "SignIn";
CREATE UNIQUE INDEX "SignIn_sessionCode_personId_key" ON "SignIn"("sessionCode", "personId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Membership_personId_fromOn_idx" ON "Membership"("personId", "fromOn");
