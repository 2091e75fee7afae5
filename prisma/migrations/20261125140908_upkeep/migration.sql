-- CreateTable
CREATE TABLE "Upkeep" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME NOT NULL,
    "doneAt" DATETIME,
    "outcome" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Health" (
    "part" TEXT NOT NULL PRIMARY KEY,
    "ok" BOOLEAN NOT NULL,
    "since" DATETIME NOT NULL,
    "at" DATETIME NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "toldAt" DATETIME
);

-- CreateTable
CREATE TABLE "Forgotten" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "upTo" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Upkeep_key_key" ON "Upkeep"("key");

-- CreateIndex
CREATE INDEX "Upkeep_doneAt_notBefore_idx" ON "Upkeep"("doneAt", "notBefore");

-- CreateIndex
CREATE INDEX "Upkeep_kind_outcome_doneAt_idx" ON "Upkeep"("kind", "outcome", "doneAt");
