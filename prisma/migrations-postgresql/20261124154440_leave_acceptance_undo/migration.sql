-- AlterTable
ALTER TABLE "ProgressReport" ADD COLUMN     "undoneAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "Leave" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedAt" TIMESTAMP(3),
    "decidedBy" TEXT,

    CONSTRAINT "Leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AcceptanceStep" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "AcceptanceStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Question" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deed" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "handler" TEXT NOT NULL,
    "memo" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Deed_pkey" PRIMARY KEY ("id")
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
