-- AlterTable
ALTER TABLE "Audit" ADD COLUMN     "hash" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL,
    "lines" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sign" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SealProbe" (
    "id" INTEGER NOT NULL,
    "probe" TEXT NOT NULL,

    CONSTRAINT "SealProbe_pkey" PRIMARY KEY ("id")
);
