-- CreateTable
CREATE TABLE "ContactCheck" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "userid" TEXT NOT NULL DEFAULT '',
    "change" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME NOT NULL,
    "doneAt" DATETIME
);

-- CreateTable
CREATE TABLE "ContactDifference" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "goneAt" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "ContactCheck_key_key" ON "ContactCheck"("key");

-- CreateIndex
CREATE INDEX "ContactCheck_doneAt_notBefore_idx" ON "ContactCheck"("doneAt", "notBefore");

-- CreateIndex
CREATE UNIQUE INDEX "ContactDifference_key_key" ON "ContactDifference"("key");
