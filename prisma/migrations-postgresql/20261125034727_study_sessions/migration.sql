-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "closedAt" TIMESTAMP(3),
ADD COLUMN     "confirmedAt" TIMESTAMP(3),
ADD COLUMN     "confirmedBy" TEXT,
ADD COLUMN     "convenorId" TEXT,
ADD COLUMN     "material" TEXT,
ADD COLUMN     "movedTo" TEXT,
ADD COLUMN     "noticedAt" TIMESTAMP(3),
ADD COLUMN     "speaker" TEXT;

-- AlterTable
ALTER TABLE "SignIn" ADD COLUMN     "enteredBy" TEXT;

-- AlterTable
ALTER TABLE "Leave" ADD COLUMN     "half" TEXT,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "returnedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "AttendanceCorrection" (
    "id" SERIAL NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "AttendanceCorrection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MakeUp" (
    "id" SERIAL NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "inboxKey" TEXT NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "MakeUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WrongCode" (
    "id" SERIAL NOT NULL,
    "sessionCode" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WrongCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WeekExemption" (
    "id" SERIAL NOT NULL,
    "week" TEXT NOT NULL,
    "departmentCode" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "WeekExemption_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AttendanceCorrection_sessionCode_idx" ON "AttendanceCorrection"("sessionCode");

-- CreateIndex
CREATE INDEX "MakeUp_sessionCode_personId_idx" ON "MakeUp"("sessionCode", "personId");

-- CreateIndex
CREATE INDEX "WrongCode_personId_at_idx" ON "WrongCode"("personId", "at");

-- CreateIndex
CREATE INDEX "WeekExemption_week_idx" ON "WeekExemption"("week");
