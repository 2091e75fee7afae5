-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "cancelledAt" TIMESTAMP(3),
ADD COLUMN     "signInCode" TEXT;

-- AlterTable
ALTER TABLE "Leave" ADD COLUMN     "fromOn" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "toOn" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "type" TEXT,
ALTER COLUMN "sessionCode" DROP NOT NULL;

-- CreateTable
CREATE TABLE "StudyRecord" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "StudyRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reflection" (
    "id" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Reflection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Extension" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "oldDeadline" TEXT NOT NULL,
    "newDeadline" TEXT NOT NULL,
    "approverId" TEXT,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "Extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" SERIAL NOT NULL,
    "itemCode" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "memberId" TEXT,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Urge" (
    "id" SERIAL NOT NULL,
    "byId" TEXT NOT NULL,
    "itemCode" TEXT,
    "departmentCode" TEXT,
    "memberId" TEXT,
    "at" TIMESTAMP(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Urge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MonthReport" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "text" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "MonthReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Digest" (
    "month" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "previewAt" TIMESTAMP(3),
    "heldAt" TIMESTAMP(3),
    "heldBy" TEXT,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "Commentary" (
    "id" SERIAL NOT NULL,
    "month" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "text" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Commentary_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PeerScore" (
    "id" SERIAL NOT NULL,
    "quarter" TEXT NOT NULL,
    "fromDepartment" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "scores" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "PeerScore_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enterprise" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "liaisonId" TEXT,

    CONSTRAINT "Enterprise_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" SERIAL NOT NULL,
    "enterpriseCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StudyRecord_personId_date_idx" ON "StudyRecord"("personId", "date");

-- CreateIndex
CREATE INDEX "StudyRecord_date_idx" ON "StudyRecord"("date");

-- CreateIndex
CREATE INDEX "Reflection_personId_at_idx" ON "Reflection"("personId", "at");

-- CreateIndex
CREATE INDEX "Extension_itemCode_state_idx" ON "Extension"("itemCode", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_itemCode_key" ON "Assignment"("itemCode");

-- CreateIndex
CREATE INDEX "Urge_itemCode_at_idx" ON "Urge"("itemCode", "at");

-- CreateIndex
CREATE INDEX "MonthReport_month_departmentCode_idx" ON "MonthReport"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "Commentary_month_departmentCode_idx" ON "Commentary"("month", "departmentCode");

-- CreateIndex
CREATE INDEX "PeerScore_quarter_departmentCode_idx" ON "PeerScore"("quarter", "departmentCode");

-- CreateIndex
CREATE UNIQUE INDEX "Enterprise_name_key" ON "Enterprise"("name");

-- CreateIndex
CREATE INDEX "Visit_enterpriseCode_date_idx" ON "Visit"("enterpriseCode", "date");

-- CreateIndex
CREATE INDEX "Visit_personId_date_idx" ON "Visit"("personId", "date");

-- CreateIndex
CREATE INDEX "Leave_personId_toOn_idx" ON "Leave"("personId", "toOn");
