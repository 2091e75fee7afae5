-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "leftOn" TEXT,
ADD COLUMN     "rank" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "userid" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "LedgerItem" ADD COLUMN     "completedAt" TIMESTAMP(3),
ADD COLUMN     "remark" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "updatedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "host" TEXT,
ADD COLUMN     "scope" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "SignIn" ADD COLUMN     "how" TEXT NOT NULL DEFAULT 'word';

-- CreateTable
CREATE TABLE "Membership" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Campaign" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Membership_personId_fromOn_idx" ON "Membership"("personId", "fromOn");

-- CreateIndex
CREATE UNIQUE INDEX "Session_topic_start_key" ON "Session"("topic", "start");
