-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN "cardCode" TEXT;
ALTER TABLE "Outbox" ADD COLUMN "style" TEXT;

-- CreateTable
CREATE TABLE "GroupChat" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "webhook" TEXT,
    "chatid" TEXT,
    "members" TEXT,
    "robotChat" TEXT,
    "boundBy" TEXT NOT NULL,
    "boundAt" DATETIME NOT NULL,
    "endedAt" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_name_key" ON "GroupChat"("name");

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_robotChat_key" ON "GroupChat"("robotChat");
