-- AlterTable
ALTER TABLE "SignIn" ADD COLUMN     "leftAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "AttendanceClosing" (
    "sessionCode" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "expected" INTEGER NOT NULL,
    "came" INTEGER NOT NULL,
    "leave" INTEGER NOT NULL,
    "absent" INTEGER NOT NULL,
    "statuses" TEXT NOT NULL,

    CONSTRAINT "AttendanceClosing_pkey" PRIMARY KEY ("sessionCode")
);
