-- AlterTable
ALTER TABLE "SignIn" ADD COLUMN "leftAt" DATETIME;

-- CreateTable
CREATE TABLE "AttendanceClosing" (
    "sessionCode" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "expected" INTEGER NOT NULL,
    "came" INTEGER NOT NULL,
    "leave" INTEGER NOT NULL,
    "absent" INTEGER NOT NULL,
    "statuses" TEXT NOT NULL
);
