-- CreateTable
CREATE TABLE "Snooze" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "day" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "itemCode" TEXT,
    "undoneAt" DATETIME
);

-- CreateIndex
CREATE INDEX "Snooze_day_idx" ON "Snooze"("day");

-- CreateIndex
CREATE INDEX "Snooze_personId_idx" ON "Snooze"("personId");
