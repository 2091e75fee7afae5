-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "cardCode" TEXT,
ADD COLUMN     "style" TEXT;

-- CreateTable
CREATE TABLE "GroupChat" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "webhook" TEXT,
    "chatid" TEXT,
    "members" TEXT,
    "robotChat" TEXT,
    "boundBy" TEXT NOT NULL,
    "boundAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "GroupChat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_name_key" ON "GroupChat"("name");

-- CreateIndex
CREATE UNIQUE INDEX "GroupChat_robotChat_key" ON "GroupChat"("robotChat");
