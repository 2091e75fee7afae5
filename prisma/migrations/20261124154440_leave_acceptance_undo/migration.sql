-- AlterTable
ALTER TABLE "ProgressReport" ADD COLUMN "undoneAt" DATETIME;

-- CreateTable
CREATE TABLE "Leave" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT
);

-- CreateTable
CREATE TABLE "AcceptanceStep" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "note" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Question" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "memo" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "Leave_state_idx" ON "Leave"("state");

-- CreateIndex
CREATE INDEX "Leave_sessionCode_personId_idx" ON "Leave"("sessionCode", "personId");

-- CreateIndex
CREATE INDEX "AcceptanceStep_itemCode_id_idx" ON "AcceptanceStep"("itemCode", "id");

-- CreateIndex
CREATE INDEX "Question_personId_closedAt_idx" ON "Question"("personId", "closedAt");

-- CreateIndex
CREATE INDEX "Deed_personId_undoneAt_idx" ON "Deed"("personId", "undoneAt");
