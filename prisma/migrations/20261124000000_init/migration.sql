-- CreateTable
CREATE TABLE "Inbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "closedAt" DATETIME,
    "parkedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "sentAt" DATETIME,
    "parkedAt" DATETIME,
    "error" TEXT
);

-- CreateTable
CREATE TABLE "Department" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "kind" TEXT NOT NULL,
    "leaderId" TEXT,
    "headId" TEXT,
    "rank" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "LedgerItem" (
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
    "acceptedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ProgressReport" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "percent" REAL,
    "quantity" REAL,
    "note" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "start" DATETIME NOT NULL,
    "end" DATETIME NOT NULL,
    "venue" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "SignIn" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "late" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "outcome" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_key_key" ON "Inbox"("key");

-- CreateIndex
CREATE INDEX "Inbox_closedAt_parkedAt_id_idx" ON "Inbox"("closedAt", "parkedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Outbox_key_key" ON "Outbox"("key");

-- CreateIndex
CREATE INDEX "Outbox_sentAt_parkedAt_notBefore_idx" ON "Outbox"("sentAt", "parkedAt", "notBefore");

-- CreateIndex
CREATE UNIQUE INDEX "Department_name_key" ON "Department"("name");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerItem_no_key" ON "LedgerItem"("no");

-- CreateIndex
CREATE INDEX "ProgressReport_itemCode_id_idx" ON "ProgressReport"("itemCode", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SignIn_sessionCode_personId_key" ON "SignIn"("sessionCode", "personId");
